-- Two clients may turn out to be one: then an allocation's newest version has another client than
-- its first, and who is named by the number of an allocation is the client that it has now.
CREATE OR REPLACE FUNCTION named_client(partition smallint[], municipality text[], provider text[], client text[],
                                        number text[], request text[])
RETURNS TABLE (partition smallint, municipality text, provider text, client text)
LANGUAGE sql STABLE
AS $$
    SELECT named.partition, named.municipality, named.provider,
           COALESCE(NULLIF(named.client, ''),
                    (SELECT allocation.client
                       FROM allocation
                      WHERE allocation.partition = named.partition
                        AND allocation.municipality = named.municipality
                        AND allocation.number = named.number
                      ORDER BY allocation.version DESC
                      LIMIT 1),
                    (SELECT request.client
                       FROM request
                      WHERE request.partition = named.partition
                        AND request.municipality = named.municipality
                        AND request.provider = named.provider
                        AND request.reference = named.reference
                        AND request.version = 1))
      FROM unnest($1, $2, $3, $4, $5, $6) AS named(partition, municipality, provider, client, number, reference)
$$;
