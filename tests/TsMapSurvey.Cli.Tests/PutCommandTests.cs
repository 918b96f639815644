using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TsMapSurvey.Events.Reading;
using TsMapSurvey.Fits;

namespace TsMapSurvey.Cli.Tests;

/// <summary>Uploads that are interrupted and started again.</summary>
[Trait("Pace", "slow")]
public sealed class PutCommandTests
{
    private const int Files = 10;
    private const int Bytes = 1 << 20;
    private const int ArrivedBeforeKill = 5;

    [Fact]
    public void A_put_that_was_killed_leaves_whole_files_only_and_the_next_one_sends_the_rest()
    {
        using var folder = new TemporaryFolder();
        var (store, random) = (folder.File("store"), new Random(7));
        Define(store, "one");
        string[] files = [.. Enumerable.Range(0, Files).Select(i => folder.File($"o{i}.fits"))];
        foreach (var file in files)
        {
            var content = new byte[Bytes];
            random.NextBytes(content);
            File.WriteAllBytes(file, content);
        }

        string[] Arrived() =>
            Directory.Exists(Path.Combine(store, "observations")) ? Directory.GetFiles(Path.Combine(store, "observations")) : [];
        // The upload of the next file waits for its name's lock, which this test holds: the kill comes in the middle of it, however fast
        // the machine is.
        using (LockOf(store, $"observations/o{ArrivedBeforeKill}.fits"))
        using (var putting = new RunningTsmap(folder.Path, ["put", .. files, "--store", store]))
        {
            Assert.True(
                putting.WaitUntil(() => Arrived().Length == ArrivedBeforeKill, TimeSpan.FromMinutes(2)), "it ended before it was killed");
            putting.Signal("KILL", TimeSpan.FromMinutes(2));
        }

        var there = Arrived();
        Assert.Equal(ArrivedBeforeKill, there.Length);
        Assert.All(there, file => Assert.Equal(Hash(folder.File(Path.GetFileName(file))), Hash(file)));

        using var results = JsonDocument.Parse(Tsmap.Do(["put", .. files, "--store", store, "--json"]));
        var outcomes = results.RootElement.EnumerateArray()
            .ToDictionary(result => result.GetProperty("name").GetString()!, result => result.GetProperty("outcome").GetString());
        Assert.Equal(there.Select(file => Path.GetFileName(file)!).Order(), outcomes.Where(one => one.Value == "AlreadyThere")
            .Select(one => one.Key).Order());
        Assert.Equal(Files - there.Length, outcomes.Count(one => one.Value == "Uploaded"));
        Assert.Equal(files.Select(Hash), Arrived().Order(StringComparer.Ordinal).Select(Hash));
        Assert.Equal($"0 uploaded, {Files} already there", Tsmap.Do(["put", .. files, "--store", store]).Trim());
    }

    [Fact]
    public void Nothing_is_put_where_nobody_would_look_and_what_is_there_is_named()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("o.fits"), new byte[10]);
        Directory.CreateDirectory(folder.File("empty"));
        Define(folder.File("tsmap-data"), "galactic-plane");
        foreach (var name in new[] { "north", "south" }) Define(folder.File("two"), name);
        File.WriteAllText(folder.File("two", "definitions", "broken.json"), "{");

        Refused("tsmap-dat", null, 2, $"did you mean {folder.File("tsmap-data")}?");
        Refused("nowhere", null, 2, "has tsmap-data, two", "tsmap serve --survey survey.json --store");
        Refused("empty", null, 2, "has no survey", "tsmap serve --survey survey.json --store");
        Refused("tsmap-data", "galactic-plan", 2, "has galactic-plane", "did you mean galactic-plane?");
        Refused("two", null, 2, "expected one of broken, north, south");
        Refused("two", "broken", 1, "definitions/broken.json");
        Assert.Equal(["empty", "tsmap-data", "two"], Directory.GetDirectories(folder.Path).Select(Path.GetFileName).Order());
        Assert.False(Directory.Exists(folder.File("two", "observations")));
        Assert.Equal("1 uploaded, 0 already there", Tsmap.Do("put", folder.File("o.fits"), "--store", folder.File("tsmap-data")).Trim());

        void Refused(string store, string? survey, int exitCode, params string[] said)
        {
            string[] named = survey is null ? [] : ["--survey", survey];
            var run = Tsmap.Run(["put", folder.File("o.fits"), "--store", folder.File(store), .. named]);
            Assert.Equal((exitCode, ""), (run.ExitCode, run.Output));
            foreach (var part in said) Assert.Contains(part, run.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("\n", run.Error.Trim(), StringComparison.Ordinal);
        }
    }

    /// <summary>Puts a survey's definition into a store, as an earlier version's server did it.</summary>
    [Fact]
    public void An_index_puts_the_observations_that_it_names_each_with_the_responses_that_they_share()
    {
        using var folder = new TemporaryFolder();
        Tsmap.Do("simulate", "--all-sky", "--observations", "2", "--sources", "1", "--out", folder.File("sim"));
        Directory.CreateDirectory(folder.File("release", "events"));
        string[] whole = [.. Directory.GetFiles(folder.File("sim"), "sim-*.fits.gz").Order(StringComparer.Ordinal)];
        // Both observations take the responses of the first.
        Part(whole[0], folder.File("release", "irfs.fits.gz"), isResponse: true);
        foreach (var file in whole)
            Part(file, folder.File("release", "events", Path.GetFileName(file)), isResponse: false);
        using (var first = FitsFile.Open(whole[0])) WriteIndex(folder.File("release", "hdu-index.fits.gz"), first, whole);
        File.WriteAllText(folder.File("release", "obs-index.fits.gz"), "not looked at");
        var store = folder.File("store");
        Define(store, "one");

        string[] put = ["put", folder.File("release", "hdu-index.fits.gz"), folder.File("release", "obs-index.fits.gz"), "--store", store];
        Assert.Equal(
            "2 uploaded, 0 already there; 2 observations of the index without a file here; not uploaded, since no observation: "
            + "obs-index.fits.gz", Tsmap.Do(put).Trim());
        Assert.StartsWith("0 uploaded, 2 already there", Tsmap.Do(put).Trim(), StringComparison.Ordinal);

        Assert.Equal(
            whole.Select(Path.GetFileName), Directory.GetFiles(Path.Combine(store, "observations")).Select(Path.GetFileName).Order());
        for (var i = 0; i < whole.Length; i++)
        {
            var (made, found) = (
                EventFile.Read(whole[i]), EventFile.Read(Path.Combine(store, "observations", Path.GetFileName(whole[i]))));
            Assert.Equal(made.Events.RaDeg, found.Events.RaDeg);
            Assert.Equal(EventFile.Read(whole[0]).EffectiveArea.AreaM2, found.EffectiveArea.AreaM2);
        }

        var refused = Tsmap.Run("put", folder.File("release", "events", Path.GetFileName(whole[0])), whole[0], "--store", store);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("found 2 observations", refused.Error, StringComparison.Ordinal);
    }

    private static void Part(string from, string to, bool isResponse)
    {
        using var file = FitsFile.Open(from);
        FitsWriter.Write(to, writer =>
        {
            foreach (var hdu in file.Hdus.Skip(1))
                if (hdu.Name is "EVENTS" or "GTI" != isResponse) writer.WriteCopy(hdu);
        });
    }

    private static void WriteIndex(string path, FitsFile like, string[] observations)
    {
        (string Type, string Hdu)[] kinds =
            [.. like.Hdus.Skip(1).Select(hdu => (hdu.Name is "EVENTS" or "GTI" ? hdu.Name : Kind(hdu.Name), hdu.Name))];
        // One was not downloaded, and of the last one the index names the responses only.
        var rows = observations.Append("absent.fits.gz").Append("").SelectMany((file, i) => kinds.Select(kind =>
            (Id: i + 1L, kind.Type, kind.Hdu, File: kind.Hdu is "EVENTS" or "GTI" ? $"events/{Path.GetFileName(file)}" : "irfs.fits.gz")))
            .Where(row => row.File != "events/").ToArray();
        FitsWriter.Write(path, writer => writer.WriteTable("HDU_INDEX",
        [
            FitsTableColumn.Integers("OBS_ID", [.. rows.Select(row => row.Id)]),
            FitsTableColumn.Strings("HDU_TYPE", [.. rows.Select(row => row.Type.ToLowerInvariant())]),
            FitsTableColumn.Strings("FILE_DIR", [.. rows.Select(_ => "")]),
            FitsTableColumn.Strings("FILE_NAME", [.. rows.Select(row => row.File)]),
            FitsTableColumn.Strings("HDU_NAME", [.. rows.Select(row => row.Hdu)]),
        ]));
    }

    private static string Kind(string name) => name switch
    {
        "EFFECTIVE AREA" or "AEFF" => "aeff",
        "ENERGY DISPERSION" or "EDISP" => "edisp",
        "POINT SPREAD FUNCTION" or "PSF" => "psf",
        _ => "bkg",
    };

    private static void Define(string store, string name)
    {
        Directory.CreateDirectory(Path.Combine(store, "definitions"));
        File.WriteAllText(Path.Combine(store, "definitions", $"{name}.json"), $$"""
            { "name": "{{name}}",
              "tiling": { "frame": "galactic", "projection": "CAR", "pixelSizeDeg": 0.1, "widthDeg": 2.4, "heightDeg": 1.6 },
              "energyAxis": { "minTeV": 1, "maxTeV": 10, "bins": 2 }, "trueEnergyAxis": { "minTeV": 0.5, "maxTeV": 20, "bins": 3 },
              "maps": { "point": {} } }
            """);
    }

    private static FileStream LockOf(string store, string blob)
    {
        var locks = Directory.CreateDirectory(Path.Combine(store, ".tsmap", "locks")).FullName;
        var stripe = SHA256.HashData(Encoding.UTF8.GetBytes(blob))[0];
        return new FileStream(Path.Combine(locks, $"{stripe:x2}"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }

    private static string Hash(string file) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)));
}
