using System.Security.Cryptography;
using System.Text;
using TsMapSurvey.Server.Settings;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Server.Cluster;

internal static class ClusterName
{
    private const int Digits = 10;

    /// <summary>
    /// As given, else <c>tsmap-</c> and a digest of the store's place: servers of one store are one cluster without being told, and those
    /// of two stores, which must not be, are two, in one Redis or database too.
    /// </summary>
    public static string Of(ServerSettings settings) => settings.ClusterId ?? $"tsmap-{Hash(BlobStores.Open(settings.Store).Description)}";

    private static string Hash(string store) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(store)))[..Digits];
}
