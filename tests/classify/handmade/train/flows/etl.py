from prefect import flow, task


@task(retries=2)
def extract(url):
    return url


@task
def load(rows):
    print(len(rows))


@flow(name="etl")
def etl(url: str):
    load(extract(url))


if __name__ == "__main__":
    etl("https://data.example.org")
