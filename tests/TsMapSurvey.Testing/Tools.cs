using System.Diagnostics;
using Xunit;

namespace TsMapSurvey.Testing;

/// <summary>What an external program printed and how it ended.</summary>
public sealed record ToolResult(int ExitCode, string Output, string Error);

/// <summary>Programs that some tests compare against. A missing one skips the test with the reason; with CI=true it fails it.</summary>
public static class Tools
{
    private static readonly Lazy<bool> Astropy = new(() => Run("/usr/bin/python3", ["-c", "import astropy"]).ExitCode == 0);

    /// <summary>The full path of a program on PATH, or null.</summary>
    public static string? Find(string program)
    {
        if (Path.IsPathRooted(program)) return File.Exists(program) ? program : null;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
    }

    /// <summary>The program's path; skips (in CI: fails) the running test where it is missing.</summary>
    public static string Need(string program, string install)
    {
        var path = Find(program);
        MissingUnless(path is not null, $"{program} is not installed ({install})");
        return path!;
    }

    /// <summary>
    /// A tool of .config/dotnet-tools.json, which <c>dotnet NAME</c> runs in the checkout; skips (in CI: fails) the running test where it
    /// is not restored.
    /// </summary>
    public static void NeedDotnetTool(string name) =>
        MissingUnless(Run("dotnet", ["tool", "run", name, "--", "--version"]).ExitCode == 0,
            $"the dotnet tool {name} is not restored (dotnet tool restore)");

    /// <summary>Debian's python3, with astropy.</summary>
    public static string NeedAstropy()
    {
        var python = Need("/usr/bin/python3", "apt-get install python3-astropy");
        MissingUnless(Astropy.Value, "python3 has no astropy (apt-get install python3-astropy)");
        return python;
    }

    /// <summary>Debian's python3, with the clients of the Virtual Observatory.</summary>
    public static string NeedPyvo() => NeedModule("pyvo", "apt-get install python3-pyvo");

    /// <summary>Debian's python3, with astroquery and what its hips2fits imports.</summary>
    public static string NeedAstroquery()
    {
        NeedModule("astroquery", "apt-get install python3-astroquery");
        NeedModule("PIL", "apt-get install python3-pil");
        return NeedModule("matplotlib", "apt-get install python3-matplotlib");
    }

    /// <summary>gammapy itself; a test that needs it is skipped where it is not installed, in CI too.</summary>
    public static string NeedGammapy()
    {
        var path = Find("gammapy-python");
        Assert.SkipWhen(path is null, "gammapy is not installed (peer/setup-gammapy.sh of the shared folder)");
        return path!;
    }

    /// <summary>Runs a program to its end (at most <paramref name="seconds"/>, then it is killed and the test fails).</summary>
    public static ToolResult Run(string program, IEnumerable<string> arguments, double seconds = 300,
        string? folder = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder ?? Repository.Root,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromSeconds(seconds)))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} did not end within {seconds} s");
        }

        process.WaitForExit();
        return new ToolResult(process.ExitCode, output.Result, error.Result);
    }

    private static string NeedModule(string module, string install)
    {
        var python = Need("/usr/bin/python3", install);
        MissingUnless(Run(python, ["-c", $"import {module}"]).ExitCode == 0, $"python3 has no {module} ({install})");
        return python;
    }

    internal static void MissingUnless(bool there, string reason)
    {
        if (there) return;
        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(reason);
        Assert.Skip(reason);
    }
}
