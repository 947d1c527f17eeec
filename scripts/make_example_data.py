#!/usr/bin/env python3
"""Writes the sample data of the example project: 50,000 orders of twenty days, the same bytes every time."""
import pathlib

ROWS = 50_000
REGIONS = ["EMEA", "AMER", "APAC", "LATAM"]
PRODUCTS = [("kettle", 39.90), ("toaster", 54.50), ("blender", 89.00), ("grinder", 64.25), ("scale", 24.95),
            ("press", 31.40), ("mixer", 149.00), ("lamp", 18.75), ("fan", 42.10), ("heater", 77.30)]
OUT = pathlib.Path(__file__).resolve().parent.parent / "resources/examples/company.team/files/sales.csv"


class Numbers:
    """A small linear congruential generator: does not depend on the version of Python."""

    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % limit


def main():
    numbers = Numbers(20261120)
    lines = ["order_id,ordered_at,region,product,quantity,unit_price"]
    for index in range(ROWS):
        second = index * 20 * 86_400 // ROWS
        day, rest = divmod(second, 86_400)
        region = REGIONS[min(numbers.below(6), 3)]
        product, price = PRODUCTS[numbers.below(len(PRODUCTS))]
        quantity = 1 + numbers.below(5)
        price = price * (100 - 5 * numbers.below(4)) / 100
        if index % 1_999 == 7:  # what a real export has: a return booked as a sale, a lost region
            quantity, region = (-quantity, region) if index % 2 else (quantity, "")
        lines.append(f"{100_001 + index},2026-11-{day + 1:02d}T{rest // 3600:02d}:{rest // 60 % 60:02d}:{rest % 60:02d}"
                     f",{region},{product},{quantity},{price:.2f}")
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{OUT}: {len(lines) - 1} rows")


main()
