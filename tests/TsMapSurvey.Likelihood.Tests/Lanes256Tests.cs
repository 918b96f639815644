using TsMapSurvey.Likelihood.Lanes;

namespace TsMapSurvey.Likelihood.Tests;

public sealed class Lanes256Tests : LaneTests<Lanes256>;
