using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace TsMapSurvey.Hostile.Tests;

/// <summary>Files that are not what they say, as uploads of jobs and among the observations; and jobs by the dozen.</summary>
internal static class FileAttacks
{
    private const string Compute = "/api/compute";
    private const string Survey = "/api/surveys/small";
    private const int BombBytes = 700 << 20;

    public static Attack[] Rows { get; } =
    [
        new Attack("a job's dataset with an image of four exabytes", (server, token) =>
            FailsAsync(server, Card("NAXIS1", "NAXIS1  =  999999999999999999"), token)),
        new Attack("a job's dataset with an image of 2^31 - 1 columns", (server, token) =>
            FailsAsync(server, Card("NAXIS1", "NAXIS1  =           2147483647"), token)),
        new Attack("a job's dataset that unfolds to 700 MB", (server, token) => FailsAsync(server, Bomb(), token)),
        new Attack(
            "a job's dataset that is text", (server, token) => FailsAsync(server, Encoding.ASCII.GetBytes("this is no FITS file"), token)),
        new Attack("a job with a kernel of 60 degrees", async (server, token) =>
        {
            var order = Ask.Post(Compute, """{ "datasets": ["a"], "map": { "kernelWidthDeg": 60 } }""").WithKey();
            var opened = Attack.Expect(order, await server.SendAsync(order, token), 201, 400, 413, 422);
            if (opened.Status == 201) await EndsAsync(server, JobOf(opened), File.ReadAllBytes(SmallSky.Observations()[0]), token);
        }),
        new Attack("an upload of five gigabytes, said and not sent", async (server, token) =>
        {
            var job = await OpenAsync(server, token);
            var heard = await server.SayAsync(
                $"POST {Compute}/{job}/datasets/0 HTTP/1.1\r\nHost: localhost\r\nTsmap-Key: {HostileServer.Key}\r\nContent-Length: "
                + "5000000000\r\nConnection: close\r\n\r\n", token);
            Assert.Equal(413, Attack.StatusOf(heard));
            await DiscardAsync(server, job, token);
        }),
        new Attack("an upload that is given up half-way", async (server, token) =>
        {
            var job = await OpenAsync(server, token);
            using (var socket = await server.ConnectAsync(token))
                await socket.SendAsync(Encoding.ASCII.GetBytes(
                    $"POST {Compute}/{job}/datasets/0 HTTP/1.1\r\nHost: localhost\r\nTsmap-Key: {HostileServer.Key}\r\nContent-Length: "
                    + "1000000\r\n\r\nhalf"), token);
            var start = Ask.Post($"{Compute}/{job}/start").WithKey();
            Attack.Expect(start, await server.SendAsync(start, token), 400, 404, 409);
            await DiscardAsync(server, job, token);
        }),
        new Attack("an upload to a place that the job has not", async (server, token) =>
        {
            var job = await OpenAsync(server, token);
            foreach (var place in new[] { "1", "-1", "2147483647", "99999999999", "..%2fjob.json" })
            {
                var upload = new Ask(HttpMethod.Post, $"{Compute}/{job}/datasets/{place}", "x"u8.ToArray(), "application/octet-stream")
                    .WithKey();
                Attack.Expect(upload, await server.SendAsync(upload, token), 400, 404, 405);
            }

            await DiscardAsync(server, job, token);
        }),
        new Attack("jobs by the dozen while a map is asked for", DozensAsync),
        new Attack("an observation with an image of 2^31 - 1 columns", (server, token) =>
            QuarantinedAsync(server, "naxis.fits", Card("NAXIS1", "NAXIS1  =           2147483647"), token)),
        new Attack("an observation with a billion columns of a table", (server, token) =>
            QuarantinedAsync(server, "tfields.fits", Card("TFIELDS", "TFIELDS =            999999999"), token)),
        new Attack("an observation that unfolds to 700 MB", (server, token) => QuarantinedAsync(server, "bomb.fits.gz", Bomb(), token)),
        new Attack("an observation whose name commands a terminal", (server, token) =>
            QuarantinedAsync(server, "\u001b[31mred.fits", "nothing"u8.ToArray(), token)),
        new Attack("an observation whose name is a path", (server, token) =>
            QuarantinedAsync(server, "a%2f..%2f..%2fdefinitions.fits", "nothing"u8.ToArray(), token)),
    ];

    private static async Task FailsAsync(HostileServer server, byte[] dataset, CancellationToken cancellationToken)
    {
        var answer = await EndsAsync(server, await OpenAsync(server, cancellationToken), dataset, cancellationToken);
        Assert.Equal("failed", answer.Json.GetProperty("state").GetString());
        Assert.True(answer.Json.GetProperty("reason").GetString() is { Length: > 10 } reason
            && !reason.Contains("internal error", StringComparison.Ordinal), answer.Shown);
    }

    /// <summary>Uploads, starts, waits until the job has ended, and deletes it.</summary>
    private static async Task<Answer> EndsAsync(HostileServer server, string job, byte[] dataset, CancellationToken cancellationToken)
    {
        await UploadAsync(server, job, dataset, cancellationToken);
        var ended = await server.UntilAsync(Ask.Get($"{Compute}/{job}"), answer =>
            answer.Status != 200 || answer.Json.GetProperty("state").GetString() is "done" or "failed", cancellationToken);
        Assert.True(ended.Status == 200, ended.Shown);
        await DiscardAsync(server, job, cancellationToken);
        return ended;
    }

    private static async Task DozensAsync(HostileServer server, CancellationToken cancellationToken)
    {
        var (jobs, refused, dataset) = (new List<string>(), 0, await File.ReadAllBytesAsync(SmallSky.Observations()[0], cancellationToken));
        for (var i = 0; i < 24; i++)
        {
            var order = Ask.Post(Compute, """{ "datasets": ["a"], "map": { "kernelWidthDeg": 2, "rtol": 1e-9, "selection": ["ul", "errn-errp", "stat_scan"] } }""").WithKey();
            var opened = Attack.Expect(order, await server.SendAsync(order, cancellationToken), 201, 429);
            if (opened.Status == 429) refused++;
            else jobs.Add(JobOf(opened));
        }

        Assert.True(jobs.Count > 0 && refused > 0, $"{jobs.Count} taken in, {refused} refused");
        foreach (var job in jobs) await UploadAsync(server, job, dataset, cancellationToken);
        foreach (var quantity in new[] { "flux", "norm", "ts" })
        {
            var map = Ask.Get($"{Survey}/mosaic/{quantity}.fits?fresh=true&timeout=60");
            await server.UntilAsync(map, answer => Attack.Expect(map, answer, 200, 202, 503).Status == 200, cancellationToken);
        }

        foreach (var job in jobs) await DiscardAsync(server, job, cancellationToken);
    }

    private static async Task<string> OpenAsync(HostileServer server, CancellationToken cancellationToken)
    {
        var order = Ask.Post(Compute, """{ "datasets": ["a"] }""").WithKey();
        return JobOf(Attack.Expect(order, await server.UntilAsync(order, answer => answer.Status != 429, cancellationToken), 201));
    }

    private static async Task UploadAsync(HostileServer server, string job, byte[] dataset, CancellationToken cancellationToken)
    {
        var upload = new Ask(HttpMethod.Post, $"{Compute}/{job}/datasets/0", dataset, "application/octet-stream").WithKey();
        Attack.Expect(upload, await server.SendAsync(upload, cancellationToken), 204);
        var start = Ask.Post($"{Compute}/{job}/start").WithKey();
        Attack.Expect(start, await server.SendAsync(start, cancellationToken), 202);
    }

    private static async Task DiscardAsync(HostileServer server, string job, CancellationToken cancellationToken)
    {
        var discard = Ask.Delete($"{Compute}/{job}").WithKey();
        Attack.Expect(discard, await server.SendAsync(discard, cancellationToken), 204);
    }

    private static string JobOf(Answer opened) => opened.Json.GetProperty("job").GetString()!;

    /// <summary>Writes it where observations arrive, waits until it is refused, and takes it away.</summary>
    private static async Task QuarantinedAsync(HostileServer server, string name, byte[] content, CancellationToken cancellationToken)
    {
        var file = Path.Combine(server.Served.Store, "observations", name);
        await File.WriteAllBytesAsync(file, content, cancellationToken);
        var refused = await server.UntilAsync(
            Ask.Get($"{Survey}/observations?state=quarantined"), answer => Find(answer, name) is not null, cancellationToken);
        Assert.True(Find(refused, name)!.Value.GetProperty("reason").GetString() is { Length: > 10 } reason
            && !reason.Contains("internal error", StringComparison.Ordinal), refused.Shown);
        Assert.DoesNotContain('\u001b', refused.Text);
        Assert.Equal(4, (await server.SendAsync(Ask.Get(Survey), cancellationToken)).Json.GetProperty("stacked").GetInt32());
        File.Delete(file);
    }

    private static System.Text.Json.JsonElement? Find(Answer list, string name) =>
        list.Json.EnumerateArray().Cast<System.Text.Json.JsonElement?>()
            .FirstOrDefault(entry => entry!.Value.GetProperty("name").GetString() == name);

    /// <summary>A good observation, unfolded, with the first such card of its second HDU or a later one replaced.</summary>
    private static byte[] Card(string keyword, string card)
    {
        using var gzip = new GZipStream(File.OpenRead(SmallSky.Observations()[0]), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        gzip.CopyTo(plain);
        var bytes = plain.ToArray();
        for (var at = 2880; at + 80 <= bytes.Length; at += 80)
        {
            if (Encoding.ASCII.GetString(bytes, at, 8).TrimEnd() != keyword) continue;
            Encoding.ASCII.GetBytes(card.PadRight(80)).CopyTo(bytes, at);
            return bytes;
        }

        throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"no card {keyword}"));
    }

    /// <summary>Less than a megabyte: a FITS header with an image of zeros behind it.</summary>
    private static byte[] Bomb()
    {
        string[] cards = ["SIMPLE  =                    T", "BITPIX  =                    8", "NAXIS   =                    2",
            "NAXIS1  =                10240", $"NAXIS2  = {BombBytes / 10240,20}", "END"];
        using var folded = new MemoryStream();
        using (var gzip = new GZipStream(folded, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(Encoding.ASCII.GetBytes(string.Concat(cards.Select(card => card.PadRight(80))).PadRight(2880)));
            var zeros = new byte[1 << 20];
            for (var left = BombBytes; left > 0; left -= zeros.Length) gzip.Write(zeros);
        }

        return folded.ToArray();
    }
}
