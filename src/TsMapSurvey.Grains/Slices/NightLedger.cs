using System.Security.Cryptography;
using System.Text;
using TsMapSurvey.Grains.Tiles;
using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Grains.Slices;

/// <summary>
/// The observations of one night in a tile's ledger, in its order, and a digest of each prefix of the list. The digest identifies the sum
/// of that prefix.
/// </summary>
internal sealed class NightLedger
{
    private readonly string[] _digests;

    private NightLedger(int night, LedgerEntry[] entries)
    {
        (Number, Entries, _digests) = (night, entries, new string[entries.Length + 1]);
        _digests[0] = "";
        for (var i = 0; i < entries.Length; i++)
        {
            var entry = entries[i];
            var text = $"{_digests[i]}\n{entry.Observation}\n{entry.Hash ?? entry.ETag}\n{entry.Generation}";
            _digests[i + 1] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
        }
    }

    public int Number { get; }

    public IReadOnlyList<LedgerEntry> Entries { get; }

    /// <summary>Digest of the whole list.</summary>
    public string Digest => _digests[^1];

    /// <summary>Length of the prefix with this digest; null if there is no such prefix.</summary>
    public int? CountOf(string digest) => Array.IndexOf(_digests, digest) is var count and >= 0 ? count : null;

    public string DigestOf(int count) => _digests[count];

    /// <summary>The nights of a ledger's observations, oldest first.</summary>
    public static IEnumerable<NightLedger> Of(TileLedger ledger, NightCalendar nights) =>
        from entry in ledger.Entries
        where entry.StartS is not null
        group entry by nights.NightOf(entry.StartS!.Value) into night
        orderby night.Key
        select new NightLedger(night.Key, [.. night]);
}
