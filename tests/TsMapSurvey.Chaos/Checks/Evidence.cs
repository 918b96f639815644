using TsMapSurvey.Storage;

namespace TsMapSurvey.Chaos;

/// <summary>What is stored, as files that somebody can look at when the store is gone.</summary>
internal static class Evidence
{
    public static async Task CopyAsync(IBlobStore store, string folder)
    {
        await foreach (var entry in store.ListAsync("", CancellationToken.None))
        {
            if (await store.ReadAsync(entry.Name, CancellationToken.None) is not { } content) continue;
            var file = Path.Combine(folder, entry.Name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllBytesAsync(file, content.Bytes.ToArray());
        }
    }
}
