"""Airflow (2.7 or later, or 3): the nightly line with its gate, and a backfill.

The business date is the day that a run is about, `ds`. What the command line holds of it comes by the environment, so that no text of a form
is read by a shell. The last line on stdout is one JSON object, which `do_xcom_push` keeps.
"""

from datetime import datetime, timedelta

from airflow import DAG
from airflow.models.param import Param

try:
    from airflow.providers.standard.operators.bash import BashOperator
    from airflow.providers.standard.sensors.bash import BashSensor
except ImportError:  # Airflow 2
    from airflow.operators.bash import BashOperator
    from airflow.sensors.bash import BashSensor

try:
    from airflow.task.trigger_rule import TriggerRule
except ImportError:  # Airflow 2
    from airflow.utils.trigger_rule import TriggerRule

TAGGUARD = "/opt/tagguard/tagguard"
ENVIRONMENT = {"TAGGUARD_PLAN": "/etc/tagguard/tagguard.yaml", "DATE": "{{ ds }}"}


def tagguard(task_id, line, **more):
    """A verb as a task: every exit code but 0 fails it, so that what comes after `ALL_SUCCESS` does not start."""
    return BashOperator(task_id=task_id, bash_command=f"{TAGGUARD} {line}", env=ENVIRONMENT, append_env=True, do_xcom_push=True, **more)


with DAG(
    dag_id="tagguard",
    schedule="30 5 * * *",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 0},
):
    # 75 is "not ready yet": looked at again; 1 and 2 are answers, and fail at once.
    upstream = BashSensor(
        task_id="upstream",
        bash_command=f'{TAGGUARD} upstream --date "$DATE"',
        env={**ENVIRONMENT},
        append_env=True,
        retry_exit_code=75,
        mode="reschedule",
        poke_interval=300,
        timeout=timedelta(hours=3).total_seconds(),
    )
    tags = tagguard("tags", 'run --stage tags --date "$DATE"')
    # The step that needs the tags stands behind the gate, which a person may open: clear this task then.
    gate = tagguard("gate", 'gate --stage tags --date "$DATE"', trigger_rule=TriggerRule.ALL_DONE)
    sync = BashOperator(task_id="push_tags", bash_command="${PUSH_TAGS:-true}", append_env=True, trigger_rule=TriggerRule.ALL_SUCCESS)
    reconcile = tagguard("reconcile", 'run --stage sync --date "$DATE"', trigger_rule=TriggerRule.ALL_SUCCESS)
    # Whatever happened: the person on duty reads it.
    report = tagguard("report", 'report --date "$DATE"', trigger_rule=TriggerRule.ALL_DONE)
    upstream >> tags >> gate >> sync >> reconcile >> report
    # A run is as its last task, and the report succeeds on a bad night, too: what failed before it fails the run.
    night = BashOperator(task_id="night", bash_command="exit 1", trigger_rule=TriggerRule.ONE_FAILED)
    [upstream, tags, gate, sync, reconcile, report] >> night

with DAG(
    dag_id="tagguard_backfill",
    schedule=None,
    start_date=datetime(2026, 1, 1),
    catchup=False,
    params={"from": Param("2026-01-01", type="string", format="date"), "to": Param("2026-01-31", type="string", format="date")},
):
    BashOperator(
        task_id="backfill",
        bash_command=f'{TAGGUARD} backfill --from "$FIRST" --to "$LAST" --wait-lock 10m',
        env={**ENVIRONMENT, "FIRST": "{{ params.from }}", "LAST": "{{ params.to }}"},
        append_env=True,
    )
