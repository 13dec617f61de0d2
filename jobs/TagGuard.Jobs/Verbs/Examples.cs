namespace TagGuard.Jobs.Verbs;

/// <summary>Command lines that people copy, at the end of each verb's `--help`.</summary>
static class Examples
{
    public static IReadOnlyDictionary<string, string[]> Of { get; } = new Dictionary<string, string[]>
    {
        ["run"] =
        [
            "tagguard run                                        # yesterday, every stage, then the report",
            "tagguard run --wait 2h -q --log-file tagguard.log   # from cron: waits for the upstream, says only what is wrong",
            "tagguard run --stage tags --date -2                 # only the tags, of the day before yesterday",
        ],
        ["upstream"] =
        [
            "tagguard upstream                                   # one look; exit 75 when it is not ready",
            "tagguard upstream --wait 2h --poll 1m               # waits until it is",
        ],
        ["tags"] =
        [
            "tagguard tags                                       # yesterday's tags",
            "tagguard tags --date 2026-01-31 --dry-run           # what would be asked",
        ],
        ["crowds"] =
        [
            "tagguard crowds                                     # yesterday's crowds",
            "tagguard crowds --date today --wait-lock 10m        # waits for another run of the date",
        ],
        ["reconcile"] =
        [
            "tagguard reconcile                                  # did yesterday's tags arrive?",
            "tagguard reconcile --stage export --date yesterday  # the plan's stage `export` in place of `sync`",
        ],
        ["gate"] =
        [
            "tagguard gate --stage tags || exit 1                # before the step that needs the tags",
            "tagguard gate --open --stage tags --by \"Li Wei\" --why \"known campaign\" --for 12h",
            "tagguard gate --revoke --stage tags --by \"Li Wei\"",
        ],
        ["report"] =
        [
            "tagguard report --date yesterday                    # written again, and where",
            "tagguard report --date 2026-01-31 --language zh --out /tmp/report.html",
        ],
        ["outbox"] =
        [
            "tagguard outbox                                     # what waits, and what nobody got",
            "tagguard outbox --send --quiet                      # from cron, every 10 minutes: what is due",
        ],
        ["watch"] =
        [
            "tagguard watch --quiet                              # from cron, every 10 minutes, on any machine",
            "tagguard watch || echo \"no run yet\"                # exit 75 when a run is missing",
        ],
        ["backfill"] =
        [
            "tagguard backfill --from 2026-01-01                 # up to yesterday",
            "tagguard backfill --from -30 --to -2 --stage upstream --stage tags",
        ],
        ["explain"] =
        [
            "tagguard explain A121H002_0_004                     # the worst verdict about the tag",
            "tagguard explain \"user tags\" --date -2 --all        # every verdict of a check",
        ],
        ["accept"] =
        [
            "tagguard accept A121H002_0_004 --by \"Li Wei\" --why \"campaign of marketing\"",
            "tagguard accept --family A121H002 --date 2026-01-31 --by \"Li Wei\" --why \"new definition\"",
        ],
        ["reject"] =
        [
            "tagguard reject \"user tags\" --date yesterday --by \"Li Wei\" --why \"half a load\"",
            "tagguard reject --family A121H002 --by \"Li Wei\" --withdraw",
        ],
        ["replay"] =
        [
            "tagguard replay --plan new.yaml --from -30          # what the new plan would have told",
            "tagguard replay --from 2026-01-01 --to 2026-03-31 --csv replay.csv --html replay.html",
        ],
        ["prove"] =
        [
            "tagguard prove                                      # how small a fault would be seen",
            "tagguard prove --date yesterday --days 90 --top 5",
        ],
        ["prune"] =
        [
            "tagguard prune --keep 400d --dry-run                # what would go",
            "tagguard prune --keep 400d --quiet                  # from cron, once a week",
        ],
        ["init"] =
        [
            "tagguard init                                       # the monitoring tables of tagguard.yaml",
            "tagguard init --plan plans/userprofile.yaml",
        ],
        ["doctor"] =
        [
            "tagguard doctor                                     # every system, table, column and right",
            "tagguard doctor --plan plans/userprofile.yaml --quiet",
        ],
        ["demo"] =
        [
            "tagguard demo                                       # on DuckDB and SQLite, in tagguard-demo/",
            "tagguard demo --warehouse hive --store mysql --folder /tmp/demo",
        ],
    };
}
