using System.Globalization;

namespace TsMapSurvey.Server;

/// <summary>One setting of a server: a row of <see cref="SettingsTable"/>.</summary>
public sealed record Setting
{
    internal Setting(string key, string takes, string meaning, Func<ServerSettings, IReadOnlyList<string>, ServerSettings?> read) =>
        (Key, Takes, Meaning, Read) = (key, takes, meaning, read);

    /// <summary>As in appsettings.json; <c>Store:Url</c> is <c>TSMAP_Store__Url</c> in the environment.</summary>
    public string Key { get; }

    /// <summary>What the setting takes, in words.</summary>
    public string Takes { get; }

    public string Meaning { get; }

    /// <summary>The option of <c>tsmap serve</c>, dashes included; null: there is none.</summary>
    public string? Typed { get; init; }

    /// <summary>What the help of <c>tsmap serve</c> says of the option.</summary>
    public string Help { get; init; } = "";

    /// <summary>What the option of <c>tsmap serve</c> takes: a string, a string[], an int or a bool.</summary>
    public Type Type { get; init; } = typeof(string);

    /// <summary>The default, in words.</summary>
    public string Default => Usual ?? Shown?.Invoke(new ServerSettings()) ?? "none";

    /// <summary>Between the items of a list that is given as one text; null: the setting is no list.</summary>
    internal char? Separator { get; init; }

    /// <summary>The default where no value says it.</summary>
    internal string? Usual { get; init; }

    /// <summary>What every text for the setting has to be; whether it may have that value is for <see cref="Problems"/>.</summary>
    internal string Form { get; init; } = "";

    /// <summary>The settings with this one as the texts say; null where they are of another form. A setting that is no list has one text.</summary>
    internal Func<ServerSettings, IReadOnlyList<string>, ServerSettings?> Read { get; }

    /// <summary>The value, for messages and for the default.</summary>
    internal Func<ServerSettings, string?>? Shown { get; init; }

    /// <summary>Whether the value is one that the setting takes.</summary>
    internal Func<ServerSettings, bool>? IsRight { get; init; }

    /// <summary>What else can be wrong, alone or beside other settings.</summary>
    internal Func<ServerSettings, IEnumerable<string>> MoreProblems { get; init; } = _ => [];

    internal IEnumerable<string> Problems(ServerSettings settings) =>
        (IsRight?.Invoke(settings) == false ? [SettingsProblems.Wrong(Key, Shown!(settings) ?? "", Takes)] : Array.Empty<string>())
        .Concat(MoreProblems(settings));

    internal static Setting Text(
        string key, string takes, string meaning, Func<ServerSettings, string?> get, Func<ServerSettings, string, ServerSettings> set,
        Func<string, bool>? isRight = null) => new(key, takes, meaning, (settings, texts) => set(settings, texts[0]))
        {
            Shown = get,
            IsRight = isRight is null ? null : settings => get(settings) is not { } text || isRight(text),
        };

    internal static Setting List(
        string key, string takes, string meaning, Func<ServerSettings, IReadOnlyList<string>> get,
        Func<ServerSettings, IReadOnlyList<string>, ServerSettings> set, Func<string, bool>? isRight = null) => new(key, takes, meaning, set)
        {
            Separator = ';',
            MoreProblems = settings => get(settings).Where(item => isRight?.Invoke(item) == false).Select(item => SettingsProblems.Wrong(key, item, takes)),
        };

    internal static Setting Whole(
        string key, int least, int most, string meaning, Func<ServerSettings, int> get, Func<ServerSettings, int, ServerSettings> set) => new(
        key, most == int.MaxValue ? $"{least} or more" : $"{least} to {most}", meaning,
        (settings, texts) => int.TryParse(texts[0], CultureInfo.InvariantCulture, out var number) ? set(settings, number) : null)
        {
            Form = "a whole number",
            Shown = settings => $"{get(settings)}",
            IsRight = settings => get(settings) >= least && get(settings) <= most,
        };

    /// <param name="usual">The default in words: it is a share of the machine's memory.</param>
    internal static Setting Bytes(
        string key, string? usual, string meaning, Func<ServerSettings, long> get, Func<ServerSettings, long, ServerSettings> set) => new(
        key, $"{MemoryShares.Least} or more", meaning,
        (settings, texts) => long.TryParse(texts[0], CultureInfo.InvariantCulture, out var bytes) ? set(settings, bytes) : null)
        {
            Usual = usual,
            Form = "a number of bytes",
            Shown = settings => $"{get(settings)}",
            IsRight = settings => get(settings) >= MemoryShares.Least,
        };

    internal static Setting Time(
        string key, TimeSpan least, TimeSpan most, string takes, string meaning,
        Func<ServerSettings, TimeSpan> get, Func<ServerSettings, TimeSpan, ServerSettings> set) => new(
        key, takes, meaning, (settings, texts) => TimeSpan.TryParse(texts[0], CultureInfo.InvariantCulture, out var time) ? set(settings, time) : null)
        {
            Form = "a time as 00:00:05",
            Shown = settings => $"{get(settings)}",
            IsRight = settings => get(settings) >= least && get(settings) <= most,
        };

    internal static Setting Port(
        string key, string meaning, Func<ServerSettings, int?> get, Func<ServerSettings, int, ServerSettings> set) => new(
        key, "0 (a free port) to 65535", meaning,
        (settings, texts) => int.TryParse(texts[0], CultureInfo.InvariantCulture, out var port) ? set(settings, port) : null)
        {
            Type = typeof(int),
            Form = "a port number",
            Shown = settings => $"{get(settings)}",
            IsRight = settings => get(settings) is null or (>= 0 and <= 65535),
        };
}
