using TagGuard.SourceContracts;

namespace TagGuard.RealServerTests.Commands;

public sealed class BeelineVolumeTests : VolumeContract<BeelineTables>;

public sealed class BeelineTableTests : TableContract<BeelineTables>;

public sealed class BeelineFaultTests : FaultContract<BeelineTables>;
