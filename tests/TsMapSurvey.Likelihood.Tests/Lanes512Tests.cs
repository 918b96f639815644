using TsMapSurvey.Likelihood.Lanes;

namespace TsMapSurvey.Likelihood.Tests;

public sealed class Lanes512Tests : LaneTests<Lanes512>;
