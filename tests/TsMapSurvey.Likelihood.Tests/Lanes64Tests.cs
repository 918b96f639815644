using TsMapSurvey.Likelihood.Lanes;

namespace TsMapSurvey.Likelihood.Tests;

public sealed class Lanes64Tests : LaneTests<Lanes64>;
