import pendulum
from airflow.models.dag import DAG
from airflow.operators.python import PythonOperator


def collect():
    return [1, 2]


with DAG(dag_id="hourly", start_date=pendulum.datetime(2023, 5, 1), schedule="@hourly", catchup=False) as dag:
    PythonOperator(task_id="collect", python_callable=collect)
