from dagster import Definitions, asset, job, op


@op
def fetch():
    return [1, 2, 3]


@op
def total(rows):
    return sum(rows)


@job
def nightly():
    total(fetch())


@asset
def prices():
    return fetch()


defs = Definitions(assets=[prices], jobs=[nightly])
