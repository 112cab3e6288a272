-- What goes on where an allocation was converted: terms may say what that pays of its last part.

-- How the numbers are paid that take over the day after its last: 1 by product, 2 under another PIC; 0 when none do.
ALTER TABLE allocation
    ADD COLUMN goes_on_by smallint NOT NULL DEFAULT 0;
