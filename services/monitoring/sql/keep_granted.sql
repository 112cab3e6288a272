-- Adds to what is granted by month of care. What comes to nothing leaves no row, so that batches of
-- any size leave the same table.
--
-- $1  partition     smallint[]  one entry for each row, each key once
-- $2  municipality  text[]
-- $3  year          integer[]
-- $4  known_month   date[]
-- $5  january       bigint[]
-- $6  february      bigint[]
-- $7  march         bigint[]
-- $8  april         bigint[]
-- $9  may           bigint[]
-- $10 june          bigint[]
-- $11 july          bigint[]
-- $12 august        bigint[]
-- $13 september     bigint[]
-- $14 october       bigint[]
-- $15 november      bigint[]
-- $16 december      bigint[]

MERGE INTO granted
USING (SELECT *
         FROM unnest($1::smallint[], $2::text[], $3::integer[], $4::date[], $5::bigint[], $6::bigint[], $7::bigint[],
                     $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[],
                     $14::bigint[], $15::bigint[], $16::bigint[])
              AS heard(partition, municipality, year, known_month, january, february, march, april, may, june, july,
                       august, september, october, november, december)) AS added
   ON granted.partition = added.partition
  AND granted.municipality = added.municipality
  AND granted.year = added.year
  AND granted.known_month = added.known_month
 WHEN MATCHED
  AND granted.january + added.january = 0
  AND granted.february + added.february = 0
  AND granted.march + added.march = 0
  AND granted.april + added.april = 0
  AND granted.may + added.may = 0
  AND granted.june + added.june = 0
  AND granted.july + added.july = 0
  AND granted.august + added.august = 0
  AND granted.september + added.september = 0
  AND granted.october + added.october = 0
  AND granted.november + added.november = 0
  AND granted.december + added.december = 0 THEN
      DELETE
 WHEN MATCHED THEN
      UPDATE SET january = granted.january + added.january,
                 february = granted.february + added.february,
                 march = granted.march + added.march,
                 april = granted.april + added.april,
                 may = granted.may + added.may,
                 june = granted.june + added.june,
                 july = granted.july + added.july,
                 august = granted.august + added.august,
                 september = granted.september + added.september,
                 october = granted.october + added.october,
                 november = granted.november + added.november,
                 december = granted.december + added.december
 WHEN NOT MATCHED THEN
      INSERT VALUES (added.partition, added.municipality, added.year, added.known_month, added.january, added.february,
                     added.march, added.april, added.may, added.june, added.july, added.august, added.september,
                     added.october, added.november, added.december);
