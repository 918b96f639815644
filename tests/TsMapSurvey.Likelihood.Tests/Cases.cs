namespace TsMapSurvey.Likelihood.Tests;

public static class Cases
{
    public static TheoryData<int> Lengths => [.. Enumerable.Range(0, 257)];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 60)];
}
