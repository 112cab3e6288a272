-- When a backup of this database was done: noted by whoever takes it. No decision reads it.
CREATE TABLE backup_taken (
    taken_at timestamptz NOT NULL PRIMARY KEY DEFAULT clock_timestamp()
);
