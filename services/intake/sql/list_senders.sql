-- Every key that may knock at the door.

SELECT sender.key AS key
  FROM sender;
