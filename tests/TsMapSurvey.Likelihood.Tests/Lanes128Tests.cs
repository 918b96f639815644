using TsMapSurvey.Likelihood.Lanes;

namespace TsMapSurvey.Likelihood.Tests;

public sealed class Lanes128Tests : LaneTests<Lanes128>;
