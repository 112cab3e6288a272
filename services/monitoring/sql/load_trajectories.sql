-- All that was told of every trajectory.

SELECT municipality AS municipality,
       provider     AS provider,
       segment      AS segment,
       profile      AS profile,
       intensity    AS intensity,
       told         AS told
  FROM trajectory
 WHERE segment <> '';
