#!/usr/bin/env bash
# DolphinScheduler: one script for the shell tasks of a workflow. Upload it to the resource centre, and give each task one line:
#
#   bash dolphinscheduler.sh upstream ${system.biz.date}      retry times 36, retry interval 5 (minutes): 75 is "not ready yet", and fails the try
#   bash dolphinscheduler.sh tags ${system.biz.date}
#   bash dolphinscheduler.sh gate ${system.biz.date}          before the step that needs the tags; a person opens it, then this task is rerun
#   bash dolphinscheduler.sh sync ${system.biz.date}
#   bash dolphinscheduler.sh report ${system.biz.date}        behind a "dependent on any state" edge: whatever happened, it is read
#   bash dolphinscheduler.sh backfill ${first} ${last}        a workflow of its own, with these two as its parameters
#
# ${system.biz.date} is the business date, yesterday, as 20260131. The exit code is TagGuard's, so a task is green only when its gate is open.
set -uo pipefail
export TAGGUARD_PLAN=${TAGGUARD_PLAN:-/etc/tagguard/tagguard.yaml}
tagguard=${TAGGUARD:-/opt/tagguard/tagguard}

step=${1:-} date=${2:-}
if [ -z "$date" ]; then
    echo "usage: dolphinscheduler.sh upstream|tags|gate|sync|report DATE, or backfill FIRST LAST" >&2
    exit 3
fi
case $step in
    upstream) exec "$tagguard" upstream --date "$date" ;;
    tags | sync) exec "$tagguard" run --stage "$step" --date "$date" --wait-lock 10m ;;
    gate) exec "$tagguard" gate --stage tags --date "$date" ;;
    report) exec "$tagguard" report --date "$date" ;;
    backfill) exec "$tagguard" backfill --from "$date" --to "${3:-$date}" --wait-lock 10m ;;
    *) echo "There is no step '$step'." >&2; exit 3 ;;
esac
