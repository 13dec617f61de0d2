"""Reads a DAG's file as Airflow would, with stand-ins for the few names it imports, and prints its tasks as JSON, dates filled in."""

import json
import sys
import types

tasks, dags = [], []


class Task:
    def __init__(self, task_id, bash_command, env=None, trigger_rule="all_success", retry_exit_code=None, **more):
        self.id, self.after = task_id, []
        tasks.append({
            "dag": dags[-1], "id": task_id, "command": bash_command, "env": env or {}, "rule": trigger_rule,
            "retry_exit_code": retry_exit_code, "after": self.after,
        })

    def __rshift__(self, other):
        other.after.append(self.id)
        return other

    def __rrshift__(self, others):
        self.after.extend(other.id for other in others)
        return self


class Dag:
    def __init__(self, dag_id, **more):
        self.id = dag_id

    def __enter__(self):
        dags.append(self.id)
        return self

    def __exit__(self, *fault):
        pass


class TriggerRule:
    ALL_DONE, ALL_SUCCESS, ONE_FAILED = "all_done", "all_success", "one_failed"


def module(name, **names):
    sys.modules[name] = types.ModuleType(name)
    for key, value in names.items():
        setattr(sys.modules[name], key, value)


module("airflow", DAG=Dag)
module("airflow.models")
module("airflow.models.param", Param=lambda value, **more: value)
module("airflow.operators")
module("airflow.operators.bash", BashOperator=Task)
module("airflow.sensors")
module("airflow.sensors.bash", BashSensor=Task)
module("airflow.utils")
module("airflow.utils.trigger_rule", TriggerRule=TriggerRule)

with open(sys.argv[1]) as file:
    exec(compile(file.read(), sys.argv[1], "exec"), {"__name__": "dag"})
filled = {"{{ ds }}": sys.argv[2], "{{ params.from }}": sys.argv[2], "{{ params.to }}": sys.argv[2]}
for task in tasks:
    task["env"] = {key: filled.get(value, value) for key, value in task["env"].items()}
print(json.dumps(tasks))
