namespace TsMapSurvey.Hostile.Tests;

/// <summary>What is done to a store, and what is right afterwards.</summary>
/// <param name="Do">Gets the store's folder, and gives the name of what is damaged, as the log has it; null where the log need not
/// tell.</param>
internal sealed record Damage(string Name, Func<string, string?> Do)
{
    /// <summary>Besides the surveys' answers, which have to be right again; null: nothing.</summary>
    public Func<HostileServer, CancellationToken, Task>? Check { get; init; }

    /// <summary>Takes away what a later damage to the same store would meet; null: nothing.</summary>
    public Action<string>? Undo { get; init; }

    /// <summary>Whether the log has to name what is damaged.</summary>
    public bool IsTold { get; init; } = true;

    /// <summary>One thing that happens to the newest file of a kind; the log has to name it.</summary>
    public static Damage Of(string name, string folder, string pattern, Action<string> what) => new(name, store =>
    {
        var file = Files.Newest(store, folder, pattern);
        what(file);
        return Path.GetRelativePath(store, file);
    });

    /// <summary>The same, without a line of the log that names it: what is gone is made again.</summary>
    public static Damage Quiet(string name, string folder, string pattern, Action<string> what) =>
        Of(name, folder, pattern, what) with { IsTold = false };

    public override string ToString() => Name;
}
