from airflow.decorators import dag, task


@task
def numbers():
    return {"a": 1}


@task
def mail(values):
    print(values)


@dag(schedule="@weekly", tags=["report"])
def report():
    mail(numbers())


report()
