using System.Globalization;

namespace TsMapSurvey.Testing;

/// <summary>Processes whose wall clock is wrong, by Debian's libfaketime.</summary>
public static class TurnedClock
{
    private static readonly string? Library = Directory.Exists("/usr/lib")
        ? Directory.GetDirectories("/usr/lib", "*-linux-gnu*").Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1"))
            .FirstOrDefault(File.Exists)
        : null;

    public static bool IsInstalled => Library is not null;

    /// <summary>Turns the clock of processes that were started with the file: that of those which run jumps within a second.</summary>
    public static void Turn(string file, int aheadS) => File.WriteAllText(file, aheadS.ToString("+0;-0;+0", CultureInfo.InvariantCulture));

    /// <summary>What a process needs in its environment so that its clock goes by a file that was written by <see cref="Turn"/>.</summary>
    public static IReadOnlyDictionary<string, string> Variables(string file) => new Dictionary<string, string>
    {
        ["LD_PRELOAD"] = Library ?? throw new InvalidOperationException("libfaketime is not installed"),
        ["FAKETIME_TIMESTAMP_FILE"] = file,
        ["FAKETIME_CACHE_DURATION"] = "1",
        ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
        // With its mending for an old glibc the library ends every timed wait at once: the runtime's waiting threads then take all
        // processors for ever.
        ["FAKETIME_FORCE_MONOTONIC_FIX"] = "0",
        // Both cost a start four times its processor time.
        ["NO_FAKE_STAT"] = "1",
        ["FAKETIME_DISABLE_SHM"] = "1",
    };

    /// <summary>Skips (in CI: fails) the running test where clocks cannot be turned.</summary>
    public static void Need() => Tools.MissingUnless(IsInstalled, "libfaketime is not installed (apt-get install faketime)");
}
