using System.Globalization;

namespace TsMapSurvey.Models.Yaml;

/// <summary>A parameter of a gammapy model: gammapy's name and default, TsMapSurvey's unit, and the range of supported values.</summary>
/// <param name="Unit">In astropy's notation; empty for a dimensionless parameter.</param>
internal sealed record ParameterKind(string Name, string Unit, double Default)
{
    public double? Above { get; init; }

    public double? AtLeast { get; init; }

    public double? Below { get; init; }

    public double? AtMost { get; init; }

    /// <summary>gammapy's default of 'frozen'.</summary>
    public bool Frozen { get; init; }

    public bool Allows(double value) =>
        double.IsFinite(value) && !(value <= Above) && !(value < AtLeast) && !(value >= Below) && !(value > AtMost);

    public string Expected
    {
        get
        {
            var limits = new[] { (Above, "above"), (AtLeast, "at least"), (Below, "below"), (AtMost, "at most") }
                .Where(limit => limit.Item1 is not null)
                .Select(limit => string.Create(CultureInfo.InvariantCulture, $"{limit.Item2} {limit.Item1}")).ToArray();
            return limits.Length == 0 ? "a finite number" : $"a number {string.Join(" and ", limits)}{(Unit.Length > 0 ? " " + Unit : "")}";
        }
    }
}
