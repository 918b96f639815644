using TsMapSurvey.Server.Settings;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Server.Tests;

/// <summary>A server in this process with a store of its own: the store is filled, the server started, waited for, and stopped.</summary>
public abstract class HostedServer : IAsyncLifetime
{
    private RunningServer? _server;

    internal Client Client { get; private set; } = null!;

    internal Uri Address => _server!.Address;

    internal IServiceProvider Services => _server!.Services;

    /// <summary>The folder of the store.</summary>
    internal string Store => Folder.File("store");

    private protected TemporaryFolder Folder { get; } = new();

    public async ValueTask InitializeAsync()
    {
        _server = await StartAsync(await PrepareAsync());
        Client = new Client(_server.Address);
        await ReadyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (_server is not null)
        {
            await _server.StopAsync(CancellationToken.None);
            await _server.DisposeAsync();
        }

        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Puts what is there before the server starts.</summary>
    private protected abstract Task<ServerSettings> PrepareAsync();

    private protected virtual Task<RunningServer> StartAsync(ServerSettings settings) =>
        ServerHost.StartAsync(settings, CancellationToken.None);

    /// <summary>Waits until the server is as the tests expect it.</summary>
    private protected abstract Task ReadyAsync();

    /// <summary>The settings of a server with these surveys.</summary>
    private protected async Task<ServerSettings> SettingsAsync(params SurveyDefinition[] definitions)
    {
        foreach (var definition in definitions) await File.WriteAllTextAsync(FileOf(definition), definition.ToJson());
        return StackedServer.Settings(Folder) with { Surveys = [.. definitions.Select(FileOf)] };
    }

    /// <summary>Waits until a survey has so many stacked observations.</summary>
    private protected Task<Answer> UntilStackedAsync(string survey, int count) => Client.UntilAsync($"/api/surveys/{survey}", answer =>
        answer.Status == System.Net.HttpStatusCode.OK && answer.Json.GetProperty("stacked").GetInt32() == count);

    private string FileOf(SurveyDefinition definition) => Folder.File($"{definition.Name}.json");
}
