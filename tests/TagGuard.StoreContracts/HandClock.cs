namespace TagGuard.StoreContracts;

/// <summary>A clock that stands still until it is moved; timers and delays fire while it is moved.</summary>
sealed class HandClock(DateTimeOffset start) : TimeProvider
{
    readonly Lock _lock = new();
    readonly List<Alarm> _alarms = [];
    DateTimeOffset _now = start;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _now.Ticks;

    public int Alarms
    {
        get
        {
            lock (_lock)
                return _alarms.Count;
        }
    }

    /// <summary>Moves the clock second by second, so that what repeats fires as often as it would.</summary>
    public void Move(TimeSpan by)
    {
        for (var end = _now + by; _now < end;)
        {
            _now += end - _now < TimeSpan.FromSeconds(1) ? end - _now : TimeSpan.FromSeconds(1);
            List<Alarm> due;
            lock (_lock)
                due = [.. _alarms.Where(alarm => alarm.Due <= _now)];
            foreach (var alarm in due)
                alarm.Fire(_now);
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, callback, state);
        alarm.Change(dueTime, period);
        lock (_lock)
            _alarms.Add(alarm);
        return alarm;
    }

    sealed class Alarm(HandClock clock, TimerCallback callback, object? state) : ITimer
    {
        TimeSpan _period;

        public DateTimeOffset Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Due = dueTime == Timeout.InfiniteTimeSpan ? DateTimeOffset.MaxValue : clock._now + dueTime;
            _period = period;
            return true;
        }

        public void Fire(DateTimeOffset now)
        {
            Due = _period == Timeout.InfiniteTimeSpan ? DateTimeOffset.MaxValue : now + _period;
            callback(state);
        }

        public void Dispose()
        {
            lock (clock._lock)
                clock._alarms.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
