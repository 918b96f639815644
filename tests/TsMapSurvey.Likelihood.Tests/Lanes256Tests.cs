using TsMapSurvey.Likelihood.Lanes;

namespace TsMapSurvey.Likelihood.Tests;

[Trait("Pace", "slow")]
public sealed class Lanes256Tests : LaneTests<Lanes256>;
