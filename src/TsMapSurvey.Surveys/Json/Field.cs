namespace TsMapSurvey.Surveys.Json;

/// <summary>A property of survey.json, with the information that parser and schema need.</summary>
internal abstract record Field(string Name, string Description)
{
    public bool Required { get; init; }

    /// <summary>The default in the schema; null if there is none, or if it depends on other properties.</summary>
    public object? Default { get; init; }

    /// <summary>Describes the expected value in messages.</summary>
    public abstract string Expected { get; }
}

internal sealed record TextField(string Name, string Description, string Expected) : Field(Name, Description)
{
    public string? Pattern { get; init; }

    public IReadOnlyList<string>? OneOf { get; init; }

    /// <summary>Returns the content of a file, for a property that may have a file name instead of the text.</summary>
    public Func<string, string>? Embed { get; init; }

    public override string Expected { get; } = Expected;
}

/// <summary>A finite number or an integer, within limits.</summary>
internal sealed record NumberField(string Name, string Description) : Field(Name, Description)
{
    public double? Above { get; init; }

    public double? AtLeast { get; init; }

    public double? Below { get; init; }

    public double? AtMost { get; init; }

    public bool IsInteger { get; init; }

    /// <summary>The allowed values; null if all values within the limits are allowed.</summary>
    public IReadOnlyList<double>? OneOf { get; init; }

    public override string Expected
    {
        get
        {
            if (OneOf is not null) return $"one of {string.Join(", ", OneOf)}";
            var limits = new[] { (Above, "above"), (AtLeast, "at least"), (Below, "below"), (AtMost, "at most") }
                .Where(limit => limit.Item1 is not null)
                .Select(limit => FormattableString.Invariant($"{limit.Item2} {limit.Item1}")).ToArray();
            return $"a {(IsInteger ? "whole " : "")}number{(limits.Length > 0 ? " " + string.Join(" and ", limits) : "")}";
        }
    }

    public bool Allows(double value) => double.IsFinite(value) && (!IsInteger || value == Math.Floor(value))
        && OneOf?.Contains(value) != false && !(value <= Above) && !(value < AtLeast) && !(value >= Below) && !(value > AtMost);
}

internal sealed record FlagField(string Name, string Description) : Field(Name, Description)
{
    public override string Expected => "true or false";
}

/// <summary>A list of items; if <see cref="OrWord"/> is set, this word is allowed instead of the list.</summary>
internal sealed record ListField(string Name, string Description, Field Items) : Field(Name, Description)
{
    public string? OrWord { get; init; }

    public int MinItems { get; init; }

    public override string Expected =>
        $"a list{(MinItems > 0 ? $" of at least {MinItems}" : "")}, each item {Items.Expected}{(OrWord is null ? "" : $", or '{OrWord}'")}";
}

internal sealed record ObjectField(string Name, string Description, string Expected) : Field(Name, Description)
{
    public override string Expected { get; } = Expected;
}
