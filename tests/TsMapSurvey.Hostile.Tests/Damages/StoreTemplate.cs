namespace TsMapSurvey.Hostile.Tests;

/// <summary>
/// A store with two surveys, everything that a server has made of them (checkpoints with a tail, maps, mosaics, exports, a job that is
/// done), and the answers that are right. Made once for all tests of the process.
/// </summary>
internal static class StoreTemplate
{
    private static readonly Lazy<(string Store, RightAnswers Right, string Job)> Made = new(() => MakeAsync().GetAwaiter().GetResult());

    public static RightAnswers Right => Made.Value.Right;

    /// <summary>The job that is done.</summary>
    public static string Job => Made.Value.Job;

    public static void CopyTo(string folder) => StoreCopy.Make(Made.Value.Store, folder);

    private static async Task<(string Store, RightAnswers Right, string Job)> MakeAsync()
    {
        var store = WatchedServer.Folder("template");
        using var server = new HostileServer(store, SmallSky.Definitions);
        var observations = SmallSky.Observations();
        await PutAsync(server, observations[..^1], observations.Length - 1);
        await PutAsync(server, observations, observations.Length);
        var right = await RightAnswers.ReadAsync(server, CancellationToken.None);
        var job = await ComputeAsync(server, await File.ReadAllBytesAsync(observations[0]));
        right = right with { JobMaps = (await server.SendAsync(Ask.Get($"/api/compute/{job}/maps.fits"), CancellationToken.None)).Bytes };
        Assert.Equal(0, server.Served.Stop());
        return (store, right, job);
    }

    private static async Task PutAsync(HostileServer server, IEnumerable<string> files, int stacked)
    {
        server.Served.Put(files);
        foreach (var survey in new[] { SmallSky.Survey, SmallSky.Other })
            await server.UntilAsync(Ask.Get($"/api/surveys/{survey}"), answer =>
                answer.Status == 200 && answer.Json.GetProperty("stacked").GetInt32() == stacked, CancellationToken.None);
    }

    /// <summary>Has a dataset computed; the job, when it is done.</summary>
    public static async Task<string> ComputeAsync(HostileServer server, byte[] dataset)
    {
        var token = CancellationToken.None;
        var order = Ask.Post("/api/compute", """{ "datasets": ["a"], "map": { "kernelWidthDeg": 0.5 } }""").WithKey();
        var job = Attack.Expect(order, await server.SendAsync(order, token), 201).Json.GetProperty("job").GetString()!;
        var upload = new Ask(HttpMethod.Post, $"/api/compute/{job}/datasets/0", dataset, "application/octet-stream").WithKey();
        Attack.Expect(upload, await server.SendAsync(upload, token), 204);
        var start = Ask.Post($"/api/compute/{job}/start").WithKey();
        Attack.Expect(start, await server.SendAsync(start, token), 202);
        await server.UntilAsync(Ask.Get($"/api/compute/{job}"), answer =>
            answer.Status == 200 && answer.Json.GetProperty("state").GetString() == "done", token);
        return job;
    }
}
