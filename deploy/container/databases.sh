#!/bin/sh
# At the server's first start: a role for each house, and a database that no other role can enter.
set -eu
run() {
    psql -Xq -v ON_ERROR_STOP=1 -U postgres "$@"
}

run <<'SQL'
REVOKE ALL ON DATABASE postgres FROM PUBLIC;
REVOKE ALL ON DATABASE template1 FROM PUBLIC;
SQL
for house in intake allocation billing monitoring; do
    run -v house="$house" <<'SQL'
\set password `cat /passwords/:house`
CREATE ROLE :"house" LOGIN PASSWORD :'password';
CREATE DATABASE :"house" OWNER :"house";
REVOKE ALL ON DATABASE :"house" FROM PUBLIC;
SQL
done
