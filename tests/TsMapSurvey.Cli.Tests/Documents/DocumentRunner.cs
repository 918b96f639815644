namespace TsMapSurvey.Cli.Tests.Documents;

/// <summary>
/// Runs the commands of a document in order, in a folder that has the files they name. <c>tsmap serve</c> goes on in the background on a
/// free port, and the later commands ask that server.
/// </summary>
internal sealed class DocumentRunner : IDisposable
{
    private const string DefaultAddress = "http://127.0.0.1:5080";

    private static readonly string[] Writing = ["--out", "--plot"];

    /// <summary>Commands after which the server has work to do.</summary>
    private static readonly string[] Changing = ["put", "retract", "retry"];

    private readonly DocumentFiles _files = new();
    private ServedSurvey? _served;

    /// <summary>How many commands were run.</summary>
    public int Count { get; private set; }

    public void Run(DocumentCommand command)
    {
        Count++;
        if (command.Words(_files.Folder) is not ["tsmap", var name, .. var arguments])
        {
            Assert.Fail($"{command.Where}: only tsmap is run by the test; begin the block with <!-- not run: REASON -->");
            return;
        }

        if (name == "serve") Serve(command.Where, arguments);
        else RunToEnd(command, [name, .. arguments]);
        if (Changing.Contains(name)) _served!.WaitUntilAllIsSeen();
    }

    public void Dispose()
    {
        _served?.Dispose();
        _files.Dispose();
    }

    private void RunToEnd(DocumentCommand command, string[] words)
    {
        string[] arguments = [.. words.Select(word => word == DefaultAddress ? _served!.Address : word)];
        var result = TestedProgram.Run(
            arguments, _files.Folder, new Dictionary<string, string> { ["TSMAP_SERVER"] = _served?.Address ?? "" });
        Assert.True(result.ExitCode == 0, $"{command.Where}: {command.Text}\nexit code {result.ExitCode}\n{result.Output}{result.Error}");
        var written = words.Zip(words.Skip(1)).Where(pair => Writing.Contains(pair.First)).Select(pair => pair.Second);
        Assert.All(written, path =>
            Assert.True(Path.Exists(Path.Combine(_files.Folder, path)), $"{command.Where}: {command.Text}\nwrote no {path}"));
    }

    private void Serve(string where, string[] arguments)
    {
        if (arguments is not ["--survey", var survey, "--store", var store])
        {
            Assert.Fail($"{where}: the test runs tsmap serve only with --survey FILE --store FOLDER");
            return;
        }

        _served?.Dispose();
        _served = new ServedSurvey(Path.GetFullPath(survey, _files.Folder), Path.GetFullPath(store, _files.Folder));
    }
}
