using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TsMapSurvey.Contracts;
using TsMapSurvey.Server.Hosting;

namespace TsMapSurvey.Server.Tests;

/// <summary>Requests whose grain moves to another silo while they are answered.</summary>
public sealed class HandoverTests
{
    [Theory]
    [InlineData("GET", ServiceError.LostRace, 2)]
    [InlineData("HEAD", ServiceError.Stopping, 2)]
    [InlineData("POST", ServiceError.LostRace, 1)]
    [InlineData("DELETE", ServiceError.Stopping, 1)]
    [InlineData("GET", ServiceError.StoreUnavailable, 1)]
    [InlineData("GET", ServiceError.UnknownTile, 1)]
    public async Task Only_what_reads_is_asked_again_and_only_where_an_activation_moves_on(string method, ServiceError error, int expected)
    {
        var calls = 0;
        var pipeline = Pipeline(_ => ++calls == 1 ? throw new SurveyServiceException(error, "planned") : Task.CompletedTask);
        var asking = pipeline(Request(method, "/api/surveys"));
        if (expected == 1) Assert.Equal(error, (await Assert.ThrowsAsync<SurveyServiceException>(() => asking)).Error);
        else await asking;
        Assert.Equal(expected, calls);
    }

    [Fact]
    public async Task It_ends_after_a_while_and_a_look_at_the_health_never_waits()
    {
        var calls = 0;
        Task AlwaysAsync(HttpContext _)
        {
            calls++;
            throw new SurveyServiceException(ServiceError.LostRace, "planned");
        }

        await Assert.ThrowsAsync<SurveyServiceException>(() => Pipeline(AlwaysAsync)(Request("GET", "/api/surveys")));
        // Every 0.5 s for 25 s.
        Assert.InRange(calls, 50, 52);
        calls = 0;
        await Assert.ThrowsAsync<SurveyServiceException>(() => Pipeline(AlwaysAsync)(Request("GET", "/health/ready")));
        Assert.Equal(1, calls);
    }

    private static RequestDelegate Pipeline(RequestDelegate last)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddSingleton<TimeProvider>(new HastyTime());
        var app = builder.Build();
        app.UseHandover();
        app.Run(last);
        return ((IApplicationBuilder)app).Build();
    }

    private static DefaultHttpContext Request(string method, string path)
    {
        var context = new DefaultHttpContext();
        (context.Request.Method, context.Request.Path) = (method, path);
        return context;
    }

    /// <summary>A clock on which every delay passes at once.</summary>
    private sealed class HastyTime : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _ticks += long.Max(0, dueTime.Ticks);
            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
