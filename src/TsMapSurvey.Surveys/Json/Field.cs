namespace TsMapSurvey.Surveys.Json;

/// <summary>A property of survey.json: what the parser checks and the schema says.</summary>
internal abstract record Field(string Name, string Description)
{
    public bool Required { get; init; }

    /// <summary>What stands for a missing value, for the schema; null where there is no single one.</summary>
    public object? Default { get; init; }

    /// <summary>The value wanted, in words.</summary>
    public abstract string Expected { get; }
}

internal sealed record TextField(string Name, string Description, string Expected) : Field(Name, Description)
{
    public string? Pattern { get; init; }

    public IReadOnlyList<string>? OneOf { get; init; }

    /// <summary>Of a text that may be the name of a file instead: what is in that file.</summary>
    public Func<string, string>? Embed { get; init; }

    public override string Expected { get; } = Expected;
}

/// <summary>A finite number, or a whole one, between limits.</summary>
internal sealed record NumberField(string Name, string Description) : Field(Name, Description)
{
    public double? Above { get; init; }

    public double? AtLeast { get; init; }

    public double? Below { get; init; }

    public double? AtMost { get; init; }

    public bool Whole { get; init; }

    /// <summary>The only values there are, where they are few.</summary>
    public IReadOnlyList<double>? OneOf { get; init; }

    public override string Expected
    {
        get
        {
            if (OneOf is not null) return $"one of {string.Join(", ", OneOf)}";
            var limits = new[] { (Above, "above"), (AtLeast, "at least"), (Below, "below"), (AtMost, "at most") }
                .Where(limit => limit.Item1 is not null)
                .Select(limit => FormattableString.Invariant($"{limit.Item2} {limit.Item1}")).ToArray();
            return $"a {(Whole ? "whole " : "")}number{(limits.Length > 0 ? " " + string.Join(" and ", limits) : "")}";
        }
    }

    public bool Allows(double value) => double.IsFinite(value) && (!Whole || value == Math.Floor(value))
        && OneOf?.Contains(value) != false && !(value <= Above) && !(value < AtLeast) && !(value >= Below) && !(value > AtMost);
}

internal sealed record FlagField(string Name, string Description) : Field(Name, Description)
{
    public override string Expected => "true or false";
}

/// <summary>A list of the items' kind; where <see cref="OrWord"/> is set, that word may stand instead.</summary>
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
