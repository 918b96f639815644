using System.Security.Cryptography;
using System.Text;
using TsMapSurvey.Server.Settings;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Server.Cluster;

internal static class ClusterName
{
    private const int Digits = 10;

    /// <summary>
    /// The configured id, or <c>tsmap-</c> and a hash of the store's address. So servers of one store form one cluster by default, and
    /// servers of different stores do not, even in one Redis or database.
    /// </summary>
    public static string Of(ServerSettings settings) => settings.ClusterId ?? $"tsmap-{Hash(BlobStores.Open(settings.Store).Description)}";

    private static string Hash(string store) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(store)))[..Digits];
}
