namespace TsMapSurvey.Server.Settings;

/// <summary>Makes a property of <see cref="ServerSettings"/> a setting: what it is called, takes and means.</summary>
/// <param name="key">As in appsettings.json; <c>Store:Url</c> is <c>TSMAP_Store__Url</c> in the environment.</param>
/// <param name="meaning">For infra/README.md.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SettingAttribute(string key, string meaning) : Attribute
{
    public string Key => key;

    public string Meaning => meaning;

    /// <summary>The least value as it is written, itself allowed; null: there is none.</summary>
    public string? Least { get; init; }

    /// <summary>The greatest value as it is written, itself allowed; null: there is none.</summary>
    public string? Most { get; init; }

    /// <summary>What the setting takes, in words; null: what type and bounds say.</summary>
    public string? Takes { get; init; }

    /// <summary>The default, in words; null: what the value says.</summary>
    public string? Default { get; init; }

    /// <summary>The option of <c>tsmap serve</c>, dashes included; null: there is none.</summary>
    public string? Typed { get; init; }

    /// <summary>What the help of <c>tsmap serve</c> says of the option.</summary>
    public string Help { get; init; } = "";

    /// <summary>The place of the option in the help of <c>tsmap serve</c>.</summary>
    public int HelpPlace { get; init; }

    /// <summary>A list of files: one text of several has the separator of the system's PATH instead of semicolons, and the option may be
    /// repeated.</summary>
    public bool IsOfFiles { get; init; }
}
