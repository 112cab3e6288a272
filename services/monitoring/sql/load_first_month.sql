-- The first month of care of which anything was approved.

SELECT min(month) AS month
  FROM approved;
