from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG("daily", start_date=datetime(2024, 1, 1), schedule="@daily") as dag:
    first = BashOperator(task_id="first", bash_command="date")
    second = BashOperator(task_id="second", bash_command="sync")
    first >> second
