namespace TsMapSurvey.Testing;

/// <summary>
/// <c>tests/run.sh --thorough</c> (TSMAP_TEST_THOROUGH=1) tests whole what every other run tests in a fixed sample: all rows of a table
/// whose rows prove the same, the whole sky instead of a part.
/// </summary>
public static class Thorough
{
    /// <summary>Whether all is wanted.</summary>
    public static bool IsWanted { get; } = Environment.GetEnvironmentVariable("TSMAP_TEST_THOROUGH") == "1";

    /// <summary>The first of all and then one in so many, the same in every run; all if they are wanted.</summary>
    public static IEnumerable<T> OneIn<T>(int number, IEnumerable<T> all) =>
        IsWanted ? all : all.Where((_, index) => index % number == 0);
}
