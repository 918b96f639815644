using TsMapSurvey.Server.Settings;

namespace TsMapSurvey.Server.Access;

/// <summary>What a request may do.</summary>
[Flags]
internal enum Permissions
{
    None = 0,
    Read = 1,
    Write = 2,

    /// <summary>See how the servers are doing: /metrics and /ops.</summary>
    Operate = 4,
    All = Read | Write | Operate,
}

/// <summary>The keys of the settings, and what is permitted without one.</summary>
internal sealed class AccessKeys(ServerSettings settings)
{
    private readonly KeySet _read = new(settings.ReadKeys);
    private readonly KeySet _operate = new(settings.OperateKeys);

    /// <summary>Write keys open everything.</summary>
    public KeySet Write { get; } = new(settings.WriteKeys);

    /// <summary>False: everyone who can reach this server may write.</summary>
    public bool WritesAreClosed { get; } = settings.WriteKeys.Count > 0 || settings.TokenAuthority is not null;

    public bool ReadsAreClosed { get; } = !settings.OpenReads;

    /// <summary>What everyone who can reach this server may do.</summary>
    public Permissions Anonymous =>
        (ReadsAreClosed ? Permissions.None : Permissions.Read)
        | (WritesAreClosed ? Permissions.None : Permissions.Write)
        | (WritesAreClosed || !_operate.IsEmpty ? Permissions.None : Permissions.Operate);

    /// <param name="digest">The digest of the key of the request.</param>
    public Permissions Of(ReadOnlySpan<byte> digest)
    {
        var (all, read, operate) = (Write.Opens(digest), _read.Opens(digest), _operate.Opens(digest));
        return all ? Permissions.All
            : (read ? Permissions.Read : Permissions.None) | (operate ? Permissions.Operate : Permissions.None);
    }
}
