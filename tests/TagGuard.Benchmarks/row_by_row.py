"""The way in that nightly scripts take: DELETE and INSERT for each row, each committed. Prints the seconds.

Arguments: port, database, file of rows (tab-separated, as LOAD DATA reads them), columns, how many rows.
"""
import sys
import time

import mysql.connector

port, database, file, columns, count = sys.argv[1:]
rows = [line.rstrip("\n").split("\t") for line in open(file)][: int(count)]
names = columns.split(", ")
key = [names.index(name) for name in ("plan", "check_name", "business_date", "tagid_key")]
delete = "delete from scripted where plan = %s and check_name = %s and business_date = %s and tagid_key = %s"
insert = f"insert into scripted ({columns}) values ({', '.join(['%s'] * len(names))})"

connection = mysql.connector.connect(host="127.0.0.1", port=int(port), user="root", database=database)
cursor = connection.cursor()
began = time.perf_counter()
for row in rows:
    cursor.execute(delete, [row[place] for place in key])
    connection.commit()
    cursor.execute(insert, row)
    connection.commit()
print(time.perf_counter() - began)
