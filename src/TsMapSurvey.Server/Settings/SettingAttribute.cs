namespace TsMapSurvey.Server.Settings;

/// <summary>Declares a property of <see cref="ServerSettings"/> as a setting, with its key, accepted values and meaning.</summary>
/// <param name="key">The key in appsettings.json; <c>Store:Url</c> is <c>TSMAP_Store__Url</c> in the environment.</param>
/// <param name="meaning">The text for infra/README.md.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SettingAttribute(string key, string meaning) : Attribute
{
    public string Key => key;

    public string Meaning => meaning;

    /// <summary>The minimum, as a user writes it; null if there is none.</summary>
    public string? Min { get; init; }

    /// <summary>The maximum, as a user writes it; null if there is none.</summary>
    public string? Max { get; init; }

    /// <summary>The accepted values, in words; null: derived from type and bounds.</summary>
    public string? Takes { get; init; }

    /// <summary>The default value, in words; null: the property's value.</summary>
    public string? Default { get; init; }

    /// <summary>The option of <c>tsmap serve</c> including dashes; null if there is none.</summary>
    public string? Typed { get; init; }

    /// <summary>The help text of the option of <c>tsmap serve</c>.</summary>
    public string Help { get; init; } = "";

    /// <summary>The position of the option in the help of <c>tsmap serve</c>.</summary>
    public int HelpOrder { get; init; }

    /// <summary>A list of files: their separator is that of PATH instead of a semicolon, and the option may be repeated.</summary>
    public bool IsOfFiles { get; init; }
}
