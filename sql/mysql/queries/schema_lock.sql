-- Waits until nobody else makes the tables of this database. The lock goes with the connection.
select get_lock(concat('tagguard ', md5(database())), @seconds)
