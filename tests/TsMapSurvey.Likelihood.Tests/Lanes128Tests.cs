using TsMapSurvey.Likelihood.Lanes;

namespace TsMapSurvey.Likelihood.Tests;

[Trait("Pace", "slow")]
public sealed class Lanes128Tests : LaneTests<Lanes128>;
