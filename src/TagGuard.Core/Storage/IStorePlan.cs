namespace TagGuard.Storage;

/// <summary>A connection that can hold the monitoring tables.</summary>
public interface IStorePlan
{
    IRunStore OpenStore(string folder, TimeProvider clock);
}
