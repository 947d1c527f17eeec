"""Loads one day of orders into an SQLite file and prints what it did for the flow to read.

    load_sales.py ORDERS_CSV DATABASE
"""
import csv
import json
import sqlite3
import sys

source, target = sys.argv[1:3]
database = sqlite3.connect(target)
database.execute(
    "CREATE TABLE orders (order_id INTEGER PRIMARY KEY, ordered_at TEXT, region TEXT, product TEXT,"
    " quantity INTEGER, unit_price REAL, amount REAL)")

loaded, skipped = 0, 0
with open(source, newline="", encoding="utf-8") as file:
    for row in csv.DictReader(file):
        quantity = int(row["quantity"])
        if not row["region"] or quantity <= 0:
            skipped += 1
            continue
        price = float(row["unit_price"])
        database.execute(
            "INSERT INTO orders VALUES (?, ?, ?, ?, ?, ?, ?)",
            (int(row["order_id"]), row["ordered_at"], row["region"], row["product"], quantity, price,
             round(quantity * price, 2)))
        loaded += 1
database.commit()
database.close()

print(f"{loaded} orders loaded, {skipped} skipped")
print("::" + json.dumps({"outputs": {"loaded": loaded, "skipped": skipped}}) + "::")
